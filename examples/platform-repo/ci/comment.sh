#!/bin/sh
# comment.sh FOLDER...: prints the comment of a pull request, with the plan and the picture of each stack. GitHub draws
# Mermaid, colours the lines of a diff, and takes comments of up to 65536 characters.
set -eu
# What each stack may take, without the words around it: two thirds for its plan, one for its picture.
room=$((64000 / $# - 400))
plan_room=$((room * 2 / 3))
artifact='in the artifact of the run'
for folder; do
  summary=$(grep -E '^(Plan:|No changes)' "$folder/plan.txt" || true)
  printf '### %s\n\n%s\n\n' "${folder##*/}" "${summary:-No host changes.}"
  printf '<details><summary>Plan</summary>\n\n~~~~diff\n'
  # A diff has its signs in the first column.
  plan=$(sed -E '/: Refreshing state/d; s/^( +)([-+])/\2\1/; s/^( +)~/!\1/' "$folder/plan.txt")
  printf '%s\n' "$plan" | head -c "$plan_room"
  [ "$(printf '%s\n' "$plan" | wc -c)" -le "$plan_room" ] || printf '\n... the rest is %s' "$artifact"
  printf '\n~~~~\n\n</details>\n<details><summary>Picture</summary>\n\n'
  # The lines of a collapsed list are comments there.
  picture=$(sed '/^  %%/d' "$folder/topology.mmd")
  if [ "$(printf '%s\n' "$picture" | wc -c)" -le "$((room / 3))" ]; then
    # shellcheck disable=SC2016 # a fence of Markdown
    printf '```mermaid\n%s\n```\n' "$picture"
  else
    printf 'It is too large for a comment; topology.svg is %s.\n' "$artifact"
  fi
  printf '\n</details>\n\n'
done
