#!/bin/sh
# comment.sh FOLDER...: prints the comment of a pull request, with the plan and the picture of each stack. GitHub draws
# Mermaid, colours the lines of a diff, and takes comments of up to 65536 characters.
set -eu
limit=$((50000 / $#))
for folder; do
  summary=$(grep -E '^(Plan:|No changes)' "$folder/plan.txt" || true)
  printf '### %s\n\n%s\n\n' "${folder##*/}" "${summary:-No host changes.}"
  printf '<details><summary>Plan</summary>\n\n~~~~diff\n'
  # A diff has its signs in the first column.
  sed -E '/: Refreshing state/d; s/^( +)([-+])/\2\1/; s/^( +)~/!\1/' "$folder/plan.txt" | head -c "$limit"
  [ "$(wc -c <"$folder/plan.txt")" -le "$limit" ] || printf '\n... the rest is in the artifact of the run'
  printf '\n~~~~\n\n</details>\n<details><summary>Picture</summary>\n\n```mermaid\n'
  cat "$folder/topology.mmd"
  printf '```\n\n</details>\n\n'
done
