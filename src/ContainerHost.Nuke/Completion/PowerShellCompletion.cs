namespace ContainerHost.Targets.Completion;

/// <summary>For PowerShell 5.1 and later (Register-ArgumentCompleter -Native).</summary>
internal static class PowerShellCompletion
{
    public static string Write(CompletionWords words) =>
        $$"""
            Register-ArgumentCompleter -Native -CommandName 'build.cmd', 'build.ps1', 'build.sh' -ScriptBlock {
                param($wordToComplete, $commandAst, $cursorPosition)
                $values = @{
            {{string.Concat(words.WithValues.Select(one => $"        '{one.Dashed}' = @({List(one.Values)})\n"))}}    }
                $texts = @({{List(words.WithText.Select(one => one.Dashed))}})
                $program = (Get-Command -Name $commandAst.CommandElements[0].ToString() -ErrorAction SilentlyContinue).Source
                if (-not $program -or (Split-Path -Parent $program) -ne {{Quote(words.Root)}}) { return }
                $typed = @($commandAst.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
                $before = if ($typed.Count -gt 0) { $typed[-1] } else { '' }
                if ($before -eq '--name') {
                    $found = @(Get-ChildItem -Path (Join-Path {{Quote(
                words.HostsDirectory
            )}} '*/host.json') -ErrorAction SilentlyContinue | ForEach-Object { $_.Directory.Name })
                } elseif ($values.ContainsKey($before)) {
                    $found = $values[$before]
                } elseif ($texts -contains $before) {
                    return
                } elseif ($wordToComplete -like '-*' -or @($typed -like '-*').Count -gt 0) {
                    $found = @({{List(words.Parameters.Select(one => one.Dashed))}})
                } else {
                    # Targets stand before the first parameter.
                    $found = @({{List(words.Targets)}})
                }
                $found | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
                }
            }

            """;

    private static string List(IEnumerable<string> words) => string.Join(", ", words.Select(Quote));

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
