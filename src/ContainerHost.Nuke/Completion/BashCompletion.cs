namespace ContainerHost.Targets.Completion;

/// <summary>For bash(1), "Programmable Completion", of release 3.2 and later, which macOS has.</summary>
internal static class BashCompletion
{
    public static string Write(CompletionWords words) =>
        $$"""
            _containerhost_complete() {
                local root hosts={{Quote(words.HostsDirectory)}}
                local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} found='' behind='' one host own
                COMPREPLY=()
                root=$(cd -- {{Quote(words.Root)}} 2>/dev/null && pwd -P)
                # As it is typed: with quotes, backslashes and a tilde.
                own=$(printf '%s' "${COMP_WORDS[0]}" | sed "s/\\\\\(.\)/\1/g; s/[\"']//g")
                case $own in \~/*) own=$HOME/${own#??} ;; esac
                [ "$(CDPATH='' cd -- "$(dirname -- "$own")" 2>/dev/null && pwd -P)" = "$root" ] || return 0
                case $before in
                    --name)
                        for host in "$hosts"/*/host.json; do
                            [ ! -f "$host" ] || { host=${host%/host.json} && found="$found ${host##*/}"; }
                        done
                        ;;
            {{string.Concat(
                words.WithValues.Select(one => $"        {one.Dashed}) found='{string.Join(' ', one.Values)}' ;;\n")
            )}}        {{string.Join(" | ", words.WithText.Select(one => one.Dashed))}})
                        # Whoever sourced this has bash complete paths.
                        return 0
                        ;;
                    *)
                        for one in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
                            case $one in -*) behind=1 ;; esac
                        done
                        # Targets stand before the first parameter.
                        case $behind$word in
                            1* | -*) found='{{string.Join(' ', words.Parameters.Select(one => one.Dashed))}}' ;;
                            *) found='{{string.Join(' ', words.Targets)}}' ;;
                        esac
                        ;;
                esac
                while IFS= read -r one; do
                    COMPREPLY+=("$one")
                done < <(compgen -W "$found" -- "$word")
            }
            complete -o default -F _containerhost_complete build.sh

            """;

    /// <summary>Quotes a path for a POSIX shell, and zsh.</summary>
    public static string Quote(string path) => $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
