using System.Text;
using ContainerHost.AnswerFiles;
using ContainerHost.AnswerFiles.CloudInit;
using ContainerHost.Errors;
using ContainerHost.Specification;

namespace ContainerHost.Tests.AnswerFiles.CloudInit;

public sealed class NoCloudTests
{
    internal static readonly GuestIdentity Identity = new()
    {
        Name = HostName.TryParse("lab-1", out var name) ? name : HostName.Default,
        User = "admin",
        InstanceId = new Guid("3f2504e0-4f89-41d3-9a0c-0305e82c3301"),
        PasswordHash = "$6$salt$hash",
        AuthorizedKey = "ssh-ed25519 AAAAclient containerhost-lab-1",
        HostPrivateKey = "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n",
        HostPublicKey = "ssh-ed25519 AAAAhost",
    };

    [Fact]
    public void The_medium_of_a_plain_host_is_as_approved() => Medium(UserAnswers.None).ShouldBeApproved("plain");

    [Fact]
    public void The_users_data_goes_byte_for_byte() =>
        Medium(Answers("#cloud-config\r\nx: 'Grüße'   # mine\n"))
            .ShouldContain("\n\nI2Nsb3VkLWNvbmZpZw0KeDogJ0dyw7zDn2UnICAgIyBtaW5lCg==\n");

    [Theory]
    [InlineData("timezone: UTC\n", "its first line must start with one of '#cloud-config-archive'")]
    [InlineData("cloud-config\n", "would be passed over")]
    [InlineData("#cloud-config\nusers: [unclosed\n", "is not YAML at line")]
    [InlineData("#cloud-config\n- a list\n", "its root must be keys with values")]
    [InlineData("#cloud-config\nruncmd:\n  - {? {a: 1} : 2}\n", "a list or a map is the key")]
    [InlineData("#cloud-config\na: !!python/object:os.system x\n", "is not YAML at line")]
    public void What_cloud_init_would_not_take_is_refused(string text, string named) =>
        Problems(text).ShouldHaveSingleItem().ShouldContain(named);

    [Theory]
    [InlineData("users: [default, {name: admin}]", "has a user 'admin' of its own")]
    [InlineData("users: {admin: {sudo: true}}", "has a user 'admin' of its own")]
    [InlineData("users: default,admin", "has a user 'admin' of its own")]
    [InlineData("user: admin", "has a user 'admin' of its own")]
    [InlineData("system_info: {default_user: {name: admin}}", "calls the default user 'admin'")]
    [InlineData("chpasswd: {list: 'bob:x\n\n  admin:y'}", "sets a password for 'admin'")]
    [InlineData("chpasswd: {users: [{name: admin, password: x}]}", "sets a password for 'admin'")]
    [InlineData("chpasswd: {list: ['admin:y']}", "sets a password for 'admin'")]
    [InlineData("power_state: {mode: reboot}", "sets 'power_state'")]
    [InlineData("write_files: [{path: /etc/ssh/../ssh//sshd_config, content: 'Port 2222'}]", "moves the SSH server")]
    [InlineData("cloud_init_modules: [bootcmd, users-groups]", "without 'ssh'")]
    [InlineData("bootcmd: [poweroff]", "has the command 'poweroff'")]
    [InlineData("bootcmd: [[systemctl, --no-block, reboot]]", "ends the boot")]
    [InlineData("runcmd: ['test -e /x && /sbin/shutdown -h now']", "ends the boot")]
    [InlineData("runcmd: [[sh, -c, 'sleep 1; init 6']]", "ends the boot")]
    [InlineData("runcmd: [\"sh -c 'reboot'\"]", "ends the boot")]
    [InlineData("runcmd: [systemctl start poweroff.target]", "ends the boot")]
    [InlineData("runcmd: [passwd -l admin]", "changes the account 'admin'")]
    [InlineData("write_files: [{path: /etc/ssh/sshd_config, content: 'Port=2222'}]", "moves the SSH server")]
    [InlineData("bootcmd: ['rm -f /etc/ssh/ssh_host_*']", "deletes the guest's SSH host keys")]
    [InlineData("runcmd: ['systemctl disable --now ssh']", "stops the SSH server")]
    [InlineData("runcmd: ['usermod -L admin']", "changes the account 'admin'")]
    [InlineData("runcmd: [\"sed -i 's/^#Port 22/Port 2222/' /etc/ssh/sshd_config\"]", "moves the SSH server")]
    [InlineData("write_files: [{path: /etc/ssh/sshd_config.d/x.conf, content: 'Port 2222'}]", "moves the SSH server")]
    [InlineData(
        "write_files: [{path: /etc/ssh/sshd_config, encoding: b64, content: UG9ydCAyMjIyCg==}]",
        "moves the SSH server"
    )]
    [InlineData("write_files: [{path: /etc/ssh/sshd_config.d/x.conf, content: 'AllowUsers bob'}]", "only others")]
    [InlineData(
        "write_files: [{path: /etc/ssh/sshd_config.d/x.conf, content: 'DenyUsers bob admin'}]",
        "denies 'admin'"
    )]
    [InlineData("write_files: [{path: /etc/ssh/sshd_config, content: 'PubkeyAuthentication no'}]", "our key")]
    [InlineData("write_files: [{path: /etc/ssh/ssh_host_ed25519_key, content: x}]", "host key comes from")]
    [InlineData("write_files: [{path: /home/admin/.ssh/authorized_keys, content: x}]", "who may log in")]
    public void What_would_lock_us_out_is_refused_by_name(string config, string named)
    {
        Problems($"#cloud-config\n{config}\n").ShouldHaveSingleItem().ShouldContain(named);
        // However it is wrapped.
        Problems($"## template: jinja\n#cloud-config\n{config}\n").ShouldHaveSingleItem().ShouldContain(named);
        var indented = $"#cloud-config\n{config}".Replace("\n", "\n    ");
        Problems($"#cloud-config-archive\n- type: text/cloud-config\n  content: |\n    {indented}\n")
            .ShouldHaveSingleItem()
            .ShouldContain(named);
    }

    [Theory]
    [InlineData("hostname: a\u001bb", "line 2: the sign U+001B, which no YAML may have")]
    [InlineData("hostname: a\ufffdb", "which no YAML may have (is it UTF-8?)")]
    [InlineData("hostname: {", "is not YAML at line ")]
    [InlineData("a: *nowhere", "is not YAML at line 2, column 4")]
    public void What_cloud_init_would_pass_over_whole_is_refused(string config, string told) =>
        Problems($"#cloud-config\n{config}\n").ShouldHaveSingleItem().ShouldContain(told);

    [Theory]
    [InlineData("#!/bin/sh\nset -e\nif true; then reboot; fi\n", "ends the boot")]
    [InlineData(
        "## template: jinja\n#cloud-config\nhostname: {{ v1.local_hostname }}\npower_state: {mode: off}\n",
        "power_state"
    )]
    [InlineData("\n#!/bin/sh\npoweroff\n", "ends the boot")]
    [InlineData("#cloud-boothook\n#!/bin/sh\nhalt -p\n", "ends the boot")]
    [InlineData(
        "#cloud-config-jsonp\n[{\"op\":\"add\",\"path\":\"/users/-\",\"value\":{\"name\":\"admin\"}}]",
        "'admin' of its own"
    )]
    public void Scripts_and_patches_are_read_too(string text, string named) =>
        Problems(text).ShouldHaveSingleItem().ShouldContain(named);

    [Theory]
    [InlineData("runcmd: [echo reboot, 'echo \"shutdown -h\" # poweroff', 'apt-get install -y kexec-tools']")]
    [InlineData("write_files: [{path: /etc/ssh/sshd_config.d/x.conf, content: \"Port 22\\nAllowUsers bob admin\"}]")]
    [InlineData(
        "runcmd: [[apt-get, install, -y, kexec-tools], [logger, reboot], 'usermod -aG kvm admin', 'chage -l admin']"
    )]
    [InlineData("runcmd: ['systemctl stop apache2; systemctl restart ssh', 'systemctl disable ssh-agent']")]
    [InlineData(
        "write_files: [{path: /etc/ssh/sshd_config.d/x.conf, content: \"#Port 2222\\nAllowUsers bob\\nAllowUsers admin\\nMatch User bob\\nPubkeyAuthentication no\"}]"
    )]
    [InlineData("write_files: [{path: /a, content: 'MIME-Version: 1.0'}]")]
    [InlineData("power_state: null")]
    [InlineData("power_state: {mode: reboot, condition: false}")]
    [InlineData("runcmd: [\nls\n]")]
    [InlineData("a: &a {x: 1}\nb:\n  <<: [*a, {y: 2}]")]
    [InlineData("bob: !!omap [a: 1]")]
    [InlineData("users: [default, {name: administrator}]")]
    [InlineData("chpasswd: {list: 'bob:admin'}")]
    [InlineData("cloud_init_modules: [[users-groups, always], ssh]")]
    public void What_only_looks_like_it_is_taken(string config) =>
        Answers($"#cloud-config\n{config}\n").Content.ShouldNotBeEmpty();

    [Fact]
    public void An_empty_cloud_config_changes_nothing() =>
        Medium(Answers("#cloud-config\n")).ShouldBe(Medium(UserAnswers.None));

    [Fact]
    public void What_ours_overrides_is_known() =>
        UserData
            .OverriddenIn(Answers("#cloud-config\nhostname: other\nssh_pwauth: false\ntimezone: UTC\n"), Identity)
            .ShouldBe(["hostname", "ssh_pwauth"]);

    [Fact]
    public void Packages_that_a_hypervisor_needs_are_installed_by_the_guest()
    {
        var medium = Medium(UserAnswers.None, "hyperv-daemons");

        medium.ShouldContain("packages:\n  - hyperv-daemons\n");
        medium.ShouldContain("package_update: true");
        Medium(UserAnswers.None).ShouldNotContain("package_update");
    }

    private static UserAnswers Answers(string text) =>
        UserAnswers.Read(new AnswerFile("own.yaml", Encoding.UTF8.GetBytes(text)), Identity.User);

    private static IReadOnlyList<string> Problems(string text) =>
        Should.Throw<InvalidInputException>(() => Answers(text)).Problems;

    private static string Medium(UserAnswers answers, params string[] packages) =>
        string.Concat(
            NoCloud
                .Files(Identity, answers, packages)
                .Select(file => $"== {file.Name}\n{Encoding.UTF8.GetString(file.Content.Span)}")
        );
}
