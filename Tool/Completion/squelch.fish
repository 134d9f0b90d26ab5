# Completion of squelch for fish. In ~/.config/fish/config.fish:  squelch completion fish | source
function __squelch_complete
    set -l line (commandline -cp)
    squelch "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
end
complete -c squelch -a '(__squelch_complete)'
