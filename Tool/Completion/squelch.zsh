#compdef squelch
# Completion of squelch for zsh. In ~/.zshrc, after compinit:  eval "$(squelch completion zsh)"
_squelch() {
    local line="squelch ${(j: :)words[2,CURRENT]}"
    local -a items
    items=("${(@f)$("$words[1]" "[suggest:${#line}]" "$line" 2>/dev/null)}")
    items=(${items:#})
    if (( ${#items} )); then
        compadd -- $items
    fi
    _files
}
compdef _squelch squelch
