using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using ContainerHost.AnswerFiles;
using ContainerHost.AnswerFiles.CloudInit;
using ContainerHost.Errors;

namespace ContainerHost.Tests.AnswerFiles.CloudInit;

/// <summary>The truth is cloud-init itself: it must make of the user's data beside ours what it makes of the user's alone, and take ours.</summary>
public sealed class CloudInitTests(CloudInitPackage package) : FolderTest, IClassFixture<CloudInitPackage>
{
    // Of the package's own examples these would end the boot, or are no user data.
    private static readonly Dictionary<string, string> Refused = new()
    {
        ["cloud-config-power-state.txt"] = "sets 'power_state'",
        ["cloud-config.txt"] = "sets 'power_state'",
        ["cloud-config.txt.gz"] = "sets 'power_state'",
        ["kernel-command-line.txt"] = "would be passed over",
        ["kernel-cmdline.txt"] = "would be passed over",
        ["plain-ignored.txt"] = "would be passed over",
    };

    public static TheoryData<string> Releases => [CloudInitPackage.Bookworm, CloudInitPackage.Trixie];

    public static TheoryData<string, string> Inputs =>
        new()
        {
            { "none", "#cloud-config\ntimezone: Europe/Madrid\n" },
            { "list", "#cloud-config\nusers:\n  - default\n  - name: bob\n    sudo: false\n    uid: 1500\n" },
            { "map", "#cloud-config\nusers:\n  bob: {sudo: true}\n  carl: true\n" },
            { "names", "#cloud-config\nusers: default,bob\n" },
            { "nobody", "#cloud-config\nusers: []\n" },
            { "null", "#cloud-config\nusers:\npackages: [tree]\n" },
            { "old", "#cloud-config\nuser: {name: bob, shell: /bin/sh}\n" },
            { "hostname", "#cloud-config\nhostname: other\nssh_pwauth: false\nssh_keys: {rsa_private: x}\n" },
            {
                "types",
                "#cloud-config\nwrite_files:\n  - {path: /a, content: 'off'}\n  - {path: /b, content: '12:30:45'}\n"
            },
            {
                "equals",
                "#cloud-config\nwrite_files: [{path: /a, content: '='}]\nruncmd: [[echo, '=', null, 0x1F, 1e3]]\n"
            },
            { "escape", "#cloud-config\nwrite_files: [{path: /a, content: \"\\e[0;32m\"}]\n" },
            { "binary", "#cloud-config\nwrite_files: [{path: /a, content: !!binary aGVsbG8=}]\n" },
            { "twice", "#cloud-config\nruncmd: [a]\nruncmd: [b]\n" },
            { "anchors", "#cloud-config\nx: &x {a: 1}\ny: {<<: *x, b: 2}\n" },
            { "merge", "#cloud-config\nmerge_how: 'list(append)+dict(recurse_list)'\npackages: [tree]\n" },
            { "crlf", "#cloud-config\r\nruncmd:\r\n  - echo ä€\r\n" },
            { "jinja", "## template: jinja\n#cloud-config\nruncmd:\n  - echo {{ v1.local_hostname }}\n" },
            {
                "jinja-users",
                "## template: jinja\n#cloud-config\nusers:\n{% for n in ['bob'] %}\n  {{ n }}: true\n{% endfor %}\n"
            },
            { "jinja-map", "## template: jinja\n#cloud-config\n{% if true %}\nusers: {bob: true}\n{% endif %}\n" },
            {
                "jinja-forms",
                "## template: jinja\n#cloud-config\n{% if true %}\nusers: [{name: bob}]\n{% else %}\nusers: {carl: true}\n{% endif %}\n"
            },
            {
                "map-and-patch",
                "#cloud-config-archive\n- |\n  #cloud-config\n  users: {bob: true}\n- type: text/cloud-config-jsonp\n  content: '[{\"op\": \"add\", \"path\": \"/users/carl\", \"value\": true}]'\n"
            },
            { "flow-from-column-0", "#cloud-config\nruncmd: [\nls\n]\nusers: {bob: true}\n" },
            { "merge-of-several", "#cloud-config\nx: &x {a: 1}\ny: {<<: [*x, {b: 2}]}\nusers: [{name: bob}]\n" },
            { "ordered-map", "#cloud-config\nx: !!omap [a: 1]\nusers: {bob: true}\n" },
            { "packages", "#cloud-config\npackages: tree\n" },
            { "no-packages", "#cloud-config\npackages:\n" },
            { "blank-first", "\n\n#cloud-config\nruncmd: [ls]\n" },
            {
                "mime-inside",
                "#cloud-config\nwrite_files: [{path: /a, content: 'MIME-Version: 1.0'}]\nusers: {bob: true}\n"
            },
            { "script", "#!/bin/sh\necho 'Grüße' | tr -d '\\r'\n" },
            { "boothook", "#cloud-boothook\n#!/bin/sh\ntrue\n" },
            { "include", "#include\nhttp://192.0.2.1/more\n" },
            {
                "archive",
                "#cloud-config-archive\n- type: text/cloud-config\n  content: |\n    users: [{name: bob}]\n- |\n  #!/bin/sh\n  true\n"
            },
            { "patch", "#cloud-config-jsonp\n[{\"op\": \"add\", \"path\": \"/runcmd\", \"value\": [\"ls\"]}]\n" },
            {
                "mime",
                "Content-Type: multipart/mixed; boundary=\"==x\"\nMIME-Version: 1.0\n\n--==x\nContent-Type: text/cloud-config\n\nusers: [{name: bob}]\n\n--==x\nContent-Type: text/x-shellscript\n\n#!/bin/sh\ntrue\n--==x--\n"
            },
        };

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task All_examples_of_the_packages_documentation_arrive(string release)
    {
        var examples = package.Examples(release);
        var taken = new List<(string Name, byte[] Content)>();
        foreach (var example in examples)
        {
            var name = Path.GetFileName(example);
            var content = await File.ReadAllBytesAsync(example, Token);
            if (Refused.TryGetValue(name, out var reason))
                Should.Throw<InvalidInputException>(() => Read(name, content)).Message.ShouldContain(reason);
            else
                taken.Add((name, content));
        }

        taken.Count.ShouldBeGreaterThan(30);
        await ShouldArriveAsync(release, taken);
    }

    [Theory]
    [MemberData(nameof(Releases))]
    public Task Every_form_that_cloud_init_takes_arrives(string release) =>
        ShouldArriveAsync(
            release,
            [
                .. Inputs.SelectMany(row =>
                    new (string, byte[])[]
                    {
                        (row.Data.Item1, Encoding.UTF8.GetBytes(row.Data.Item2)),
                        ($"{row.Data.Item1}.gz", Packed(Encoding.UTF8.GetBytes(row.Data.Item2))),
                    }
                ),
            ]
        );

    private async Task ShouldArriveAsync(string release, List<(string Name, byte[] Content)> files)
    {
        var alone = new List<string>();
        var beside = new List<string>();
        foreach (var (name, content) in files)
        {
            alone.Add(Put($"alone/{name}", content));
            beside.Add(Put($"beside/{name}", UserData.Render(NoCloudTests.Identity, Read(name, content), ["tool"])));
        }
        var ours = Put("ours", UserData.Render(NoCloudTests.Identity, UserAnswers.None, ["tool"]));
        var rendered = await package.RenderAsync(release, [ours, .. alone, .. beside]);

        for (var i = 0; i < files.Count; i++)
            Theirs(files[i].Name, rendered[1 + files.Count + i], rendered[0])
                .ToJsonString()
                .ShouldBe(Theirs(files[i].Name, rendered[1 + i], null).ToJsonString(), files[i].Name);
    }

    // What is left of it without what ours must have put there, which is checked on the way.
    private static JsonNode Theirs(string name, JsonNode rendered, JsonNode? ours)
    {
        var left = rendered.DeepClone();
        var config = left["config"]!.AsObject();
        foreach (var (key, value) in ours?["config"]!.AsObject() ?? [])
        {
            if (key is "users" or "packages")
                continue;
            config[key]!.ToJsonString().ShouldBe(value!.ToJsonString());
        }
        if (ours is not null)
        {
            var users = left["users"]!.AsObject();
            users.ContainsKey("admin").ShouldBeTrue(name);
            users["admin"]!["hashed_passwd"]!.ToString().ShouldBe(NoCloudTests.Identity.PasswordHash);
            users["admin"]!["ssh_authorized_keys"]!.AsArray().ShouldHaveSingleItem();
            users.Remove("admin");
            var packages = config["packages"]!.AsArray();
            packages[^1]!.ToString().ShouldBe("tool");
            packages.RemoveAt(packages.Count - 1);
        }
        if (config["packages"] is JsonValue text)
            config["packages"] = new JsonArray(text.ToString());
        if (config["packages"] is null or JsonArray { Count: 0 })
            config.Remove("packages");
        foreach (var key in Overridden)
            config.Remove(key);
        return left;
    }

    private static readonly string[] Overridden =
    [
        "hostname",
        "preserve_hostname",
        "manage_etc_hosts",
        "disable_root",
        "ssh_pwauth",
        "ssh_deletekeys",
        "ssh_genkeytypes",
        "ssh_keys",
        "package_update",
        "users",
    ];

    private static UserAnswers Read(string name, byte[] content) =>
        UserAnswers.Read(new AnswerFile(name, content), NoCloudTests.Identity.User);

    private static byte[] Packed(byte[] content)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress))
            gzip.Write(content);
        return packed.ToArray();
    }
}
