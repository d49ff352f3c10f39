"""Components, tokens, icons and style sheet: how every page looks."""
