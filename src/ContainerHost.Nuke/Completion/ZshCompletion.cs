namespace ContainerHost.Targets.Completion;

/// <summary>For zsh's completion system (zshcompsys(1)), which compinit has started.</summary>
internal static class ZshCompletion
{
    public static string Write(CompletionWords words) =>
        $$"""
            _containerhost_complete() {
                local root={{BashCompletion.Quote(words.Root)}} hosts={{BashCompletion.Quote(words.HostsDirectory)}}
                [[ ${${${${(Q)words[1]}/#\~\//$HOME/}:h}:A} == ${root:A} ]] || { _default; return }
                case ${words[CURRENT-1]} in
                    (--name) compadd -- "$hosts"/*/host.json(N:h:t) ;;
            {{string.Concat(
                words.WithValues.Select(one => $"        ({one.Dashed}) compadd -- {string.Join(' ', one.Values)} ;;\n")
            )}}        ({{string.Join('|', words.WithText.Select(one => one.Dashed))}}) _files ;;
                    (*)
                        # Targets stand before the first parameter.
                        if [[ ${words[CURRENT]} == -* || -n ${words[(r)-*]} ]]; then
                            compadd -- {{string.Join(' ', words.Parameters.Select(one => one.Dashed))}}
                        else
                            compadd -- {{string.Join(' ', words.Targets)}}
                        fi
                        ;;
                esac
            }
            compdef _containerhost_complete build.sh

            """;
}
