# Runs a program with a command line and a standard input, and hands on its outputs byte by byte and its exit code.
param([string] $Program, [string] $CommandLine, [string] $InputText)
Set-StrictMode -Version 3.0
# This session's environment may be older than what was installed since.
$machinePath = [Environment]::GetEnvironmentVariable('Path', 'Machine')
if ($machinePath) { $env:Path = "$machinePath;$env:Path" }
$start = New-Object System.Diagnostics.ProcessStartInfo $Program, $CommandLine
$start.UseShellExecute = $false
$start.RedirectStandardInput = $true
$start.RedirectStandardOutput = $true
$start.RedirectStandardError = $true
$process = [System.Diagnostics.Process]::Start($start)
$output = $process.StandardOutput.BaseStream.CopyToAsync([Console]::OpenStandardOutput())
$errors = $process.StandardError.BaseStream.CopyToAsync([Console]::OpenStandardError())
try {
    $bytes = (New-Object System.Text.UTF8Encoding $false).GetBytes($InputText)
    $process.StandardInput.BaseStream.Write($bytes, 0, $bytes.Length)
    $process.StandardInput.Close()
}
catch [System.IO.IOException] {
    # The program ended before it read its input; its exit code tells more than this would.
}
$process.WaitForExit()
[System.Threading.Tasks.Task]::WaitAll(@($output, $errors))
exit $process.ExitCode
