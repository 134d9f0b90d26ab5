# Completion of squelch for bash. In ~/.bashrc:  eval "$(squelch completion bash)"
_squelch() {
    local IFS=$'\n' name="${COMP_WORDS[0]}" word="${COMP_WORDS[COMP_CWORD]}"
    # However the command was called, its own parser knows it as squelch.
    local line="squelch${COMP_LINE#*"$name"}"
    local point=$((COMP_POINT + ${#line} - ${#COMP_LINE}))
    COMPREPLY=($(compgen -W "$("$name" "[suggest:$point]" "$line" 2>/dev/null)" -- "$word"))
    # What ends in = or . goes on without a blank.
    [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace
}
complete -o default -F _squelch squelch
