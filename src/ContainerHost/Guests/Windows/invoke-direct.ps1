# Runs PowerShell with a command line and an input in a guest of this machine's Hyper-V, and tells its exit code and both outputs.
param([string] $MachineId, [string] $User, [string] $Password, [string] $CommandLine, [string] $InputText)
Set-StrictMode -Version 3.0
$credential = New-Object System.Management.Automation.PSCredential $User, (ConvertTo-SecureString -String $Password -AsPlainText -Force)
$answer = Invoke-Command -VMId $MachineId -Credential $credential -ArgumentList $CommandLine, $InputText -ScriptBlock {
    param([string] $CommandLine, [string] $InputText)
    $start = New-Object System.Diagnostics.ProcessStartInfo 'powershell.exe', $CommandLine
    $start.UseShellExecute = $false
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $process = [System.Diagnostics.Process]::Start($start)
    $output = New-Object System.IO.MemoryStream
    $errors = New-Object System.IO.MemoryStream
    $copies = @($process.StandardOutput.BaseStream.CopyToAsync($output), $process.StandardError.BaseStream.CopyToAsync($errors))
    $process.StandardInput.Write($InputText)
    $process.StandardInput.Close()
    $process.WaitForExit()
    [System.Threading.Tasks.Task]::WaitAll($copies)
    @{
        code   = $process.ExitCode
        output = [Convert]::ToBase64String($output.ToArray())
        error  = [Convert]::ToBase64String($errors.ToArray())
    }
}
ConvertTo-Json -Compress @{ code = $answer.code; output = $answer.output; error = $answer.error }
