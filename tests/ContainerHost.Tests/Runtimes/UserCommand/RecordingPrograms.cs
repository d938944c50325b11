namespace ContainerHost.Tests.Runtimes.UserCommand;

/// <summary>Programs that write down what they are called with. ctr takes the words of containerd's own source (cmd/ctr/commands: commands.go, images/images.go, run/run.go at release 1.7 and 2.0) and refuses all others.</summary>
internal static class RecordingPrograms
{
    public const string Ctr = """
        #!/bin/sh
        echo "ctr $*" >>"$CALLS"
        [ "$1 $2" = "--namespace containerhost" ] || exit 64
        shift 2
        case "$1 $2" in
            "images list") [ "$3" = name==gone/image:1 ] || echo "app:1 application/vnd.oci.image.index.v1+json sha256:index 1 MiB linux/amd64 -" ;;
            "images pull") echo "pulled"; exit 1 ;;
            "images mount" | "images unmount") ;;
            "content get")
                case $3 in
                    sha256:index) echo '{"manifests":[{"digest":"sha256:arm","platform":{"architecture":"arm64"}},{"digest":"sha256:one","platform":{"architecture":"amd64"}}]}' ;;
                    sha256:one) echo '{"config":{"digest":"sha256:config"}}' ;;
                    sha256:config) echo '{"config":{"Entrypoint":["/entry"],"Cmd":["own"],"Env":["PATH=/bin","A=image"],"WorkingDir":"/work"}}' ;;
                    *) exit 1 ;;
                esac ;;
            "containers info") [ "$3" = taken ] ;;
            "run --rm")
                shift 2
                while [ "$1" != -- ]; do
                    case $1 in --runtime | --with-ns | --mount | --env) shift 2 ;; *) exit 64 ;; esac
                done
                echo "from the container"
                echo "its error" >&2
                [ "$3" = waits ] || exit 3
                trap 'echo "ctr has SIGTERM" >>"$CALLS"; exit 143' TERM
                echo waiting >"$CALLS.waiting"
                while :; do sleep 0.1; done ;;
            *) exit 64 ;;
        esac
        """;

    public const string Docker = """
        #!/bin/sh
        echo "docker $*" >>"$CALLS"
        case "$1 $2" in
            "image inspect") echo '{"Cmd":["own"],"User":"1000"}' ;;
            "container inspect") exit 1 ;;
            "run --rm") exit 3 ;;
            *) exit 64 ;;
        esac
        """;

    public const string Namespaces = """echo "namespaces $*" >>"$CALLS" """;

    public const string MicroVm = """
        import json, os, sys
        with open(os.environ["CALLS"], "a") as calls:
            calls.write("micro-vm " + json.dumps(json.loads(sys.argv[1]), sort_keys=True) + "\n")
        sys.exit(3)
        """;

    /// <summary>Runs the command as root would, with roots in its folder.</summary>
    public const string AsRoot = """
        import os, pathlib, sys
        os.geteuid = lambda: 0
        folder = sys.argv[1]
        sys.argv = sys.argv[1:]
        command = {"__name__": "command", "__file__": folder + "/containerhost.py"}
        exec(open(folder + "/containerhost.py").read(), command)
        command["ROOTS"] = pathlib.Path(folder, "roots")
        sys.exit(command["main"]())
        """;
}
