#!/bin/sh
# Read-only questions to AWS about a SAML sign-in. It changes nothing.
# Run it with the AWS CLI signed in to the account, then send the folder back:
#   sh collect.sh [FOLDER]        and then: samlens check CAPTURE --evidence FOLDER
set -u
dir=${1:-samlens-evidence}
umask 077
mkdir -p "$dir" || exit 1
AWS_PAGER=''; export AWS_PAGER
LC_ALL=C; export LC_ALL

# escape makes a text one line that may stand in a JSON string.
escape() { tr '\n\r\t' '   ' | tr -d '\000-\037\177' | sed 's/\\/\\\\/g; s/"/\\"/g'; }

# ask FILE COMMAND-AS-JSON ARGUMENTS... makes one call and writes it down with
# its time and its output, or with the error that came instead.
ask() {
  file=$dir/$1.json; command=$2; shift 2
  at=$(date -u +%Y-%m-%dT%H:%M:%SZ)
  printf '%s\n' "aws $1 $2" >&2
  if aws "$@" --output json >"$dir/.output" 2>"$dir/.error"; then
    [ -s "$dir/.output" ] || echo null >"$dir/.output"
    { printf '{"schema":"samlens/evidence/1","command":%s,"at":"%s","output":\n' "$command" "$at"
      cat "$dir/.output"; printf '}\n'; } >"$file"
  else
    code=$(sed -n 's/.*An error occurred (\([A-Za-z.]*\)).*/\1/p' "$dir/.error" | head -n 1)
    message=$(sed 's/.*operation[^:]*: //' "$dir/.error" | escape)
    printf '{"schema":"samlens/evidence/1","command":%s,"at":"%s","error":{"code":"%s","message":"%s"}}\n' \
      "$command" "$at" "${code:-Failed}" "$message" >"$file"
  fi
  rm -f "$dir/.output" "$dir/.error"
}

