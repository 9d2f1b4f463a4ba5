// Here scripts run, so the page need not say what it lacks without them. What goes wrong with a
// passkey is said on the page; the library tells the console alone.
document.getElementById('passkey_without_scripts').hidden = true
document.addEventListener('allauth.error', () => {
  document.getElementById('passkey_trouble').hidden = false
})
