# Read-only questions to AWS about a SAML sign-in. It changes nothing.
# Run it with the AWS CLI signed in to the account, then send the folder back:
#   .\collect.ps1 [FOLDER]        and then: samlens check CAPTURE --evidence FOLDER
$dir = if ($args.Count -gt 0) { $args[0] } else { 'samlens-evidence' }
$null = New-Item -ItemType Directory -Force -Path $dir
$dir = (Resolve-Path $dir).Path
$env:AWS_PAGER = ''
[Console]::OutputEncoding = New-Object System.Text.UTF8Encoding $false

# Ask makes one call and writes it down with its time and its output, or with
# the error that came instead.
function Ask([string]$file, [string]$command, [string[]]$call) {
  $at = (Get-Date).ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ssZ')
  [Console]::Error.WriteLine("aws $($call[0]) $($call[1])")
  $errors = [IO.Path]::GetTempFileName()
  $output = (& aws @call --output json 2>$errors | Out-String).Trim()
  if ($LASTEXITCODE -eq 0) {
    if (-not $output) { $output = 'null' }
    $text = '{"schema":"samlens/evidence/1","command":' + $command + ',"at":"' + $at + '","output":' + "`n" + $output + '}'
  } else {
    $said = (Get-Content -Raw $errors)
    $code = if ($said -match 'An error occurred \(([A-Za-z.]+)\)') { $Matches[1] } else { 'Failed' }
    $message = ($said -replace '(?s).*operation[^:]*: ', '') | ConvertTo-Json
    $text = '{"schema":"samlens/evidence/1","command":' + $command + ',"at":"' + $at + '","error":{"code":"' + $code + '","message":' + $message + '}}'
  }
  Remove-Item $errors
  [IO.File]::WriteAllText((Join-Path $dir "$file.json"), $text, (New-Object System.Text.UTF8Encoding $false))
}

function Plain([string]$s) { $s -replace '[^A-Za-z0-9._-]', '_' }

