# Lists what the shipped scripts call, a line each: file, command, parameters; and as "7" what only a newer PowerShell than Windows' own knows.
param([string] $Root)
Set-StrictMode -Version 3.0
$newer = 'QuestionQuestion', 'QuestionQuestionEquals', 'QuestionDot', 'QuestionLBracket', 'AndAnd', 'OrOr'
$files = @(Get-ChildItem -Path (Join-Path $Root 'src') -Filter '*.ps1' -Recurse | Where-Object FullName -NotMatch '[\\/](bin|obj)[\\/]') +
    @(Get-Item -Path (Join-Path $Root 'build.ps1'))
foreach ($file in $files) {
    $tokens = $null
    $errors = $null
    $ast = [System.Management.Automation.Language.Parser]::ParseFile($file.FullName, [ref] $tokens, [ref] $errors)
    foreach ($problem in $errors) { "$($file.Name)`terror`t$($problem.Message)" }
    foreach ($token in $tokens) { if ($newer -contains "$($token.Kind)") { "$($file.Name)`t7`t$($token.Text)" } }
    if ($ast.FindAll({ $args[0].GetType().Name -eq 'TernaryExpressionAst' }, $true)) { "$($file.Name)`t7`tternary" }
    # Under 'Stop' Windows PowerShell ends a script for a line on a program's redirected standard error.
    foreach ($to in $ast.FindAll({ $args[0] -is [System.Management.Automation.Language.RedirectionAst] -and "$($args[0].FromStream)" -eq 'Error' }, $true)) {
        $around = $to.Parent
        while ($around -and $around -isnot [System.Management.Automation.Language.FunctionDefinitionAst]) { $around = $around.Parent }
        if (-not $around -or $around.Extent.Text -notmatch "ErrorActionPreference = 'Continue'") { "$($file.Name)`t7`t$($to.Parent.Extent.Text)" }
    }
    $own = @($ast.FindAll({ $args[0] -is [System.Management.Automation.Language.FunctionDefinitionAst] }, $true) | ForEach-Object Name)
    foreach ($call in $ast.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true)) {
        $name = $call.GetCommandName()
        if (-not $name -or $own -contains $name) { continue }
        $words = @($call.CommandElements | Select-Object -Skip 1 | ForEach-Object {
                if ($_ -is [System.Management.Automation.Language.CommandParameterAst]) { "-$($_.ParameterName)" }
                elseif ($name -like '*.exe' -and $_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value }
            })
        "$($file.Name)`t$name`t$($words -join ' ')"
    }
}
