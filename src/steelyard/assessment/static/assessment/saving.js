// A form that saves itself. What could not be saved is said at once and tried again; what is still
// on its way when the page is left is sent after it. Without this script the buttons save.
const form = document.querySelector('form[data-saves-itself]')
const line = document.getElementById('saved')
let typed = 0 // how often something was typed …
let kept = 0 // … and up to where the office has it
let failed = false

const unsaved = () => typed > kept
const tell = (which) => line.replaceChildren(document.getElementById(which).content.cloneNode(true))

function fail(which) {
  failed = true
  tell(which)
}

form.addEventListener('input', () => { typed += 1 })
form.addEventListener('htmx:beforeRequest', (event) => { event.detail.xhr.typed = typed })
form.addEventListener('htmx:sendError', () => fail('not-reached'))
line.addEventListener('htmx:beforeSwap', (event) => {
  const { xhr } = event.detail
  if (new URL(xhr.responseURL).pathname !== new URL(form.action).pathname || xhr.status === 403) {
    event.detail.shouldSwap = false
    fail('signed-out')
  } else if (xhr.status >= 500) {
    event.detail.shouldSwap = false
    fail('not-reached')
  } else {
    failed = false
    if (xhr.status === 200) kept = xhr.typed
  }
})

// The page anew, for the token of whoever is signed in now; null says why not.
async function token() {
  const answer = await fetch(form.action).catch(() => null)
  if (!answer || answer.status >= 500) return fail('not-reached')
  if (answer.redirected || !answer.ok) return fail('signed-out')
  return /name="csrfmiddlewaretoken" value="(\w+)"/.exec(await answer.text())?.[1]
}

async function again(then) {
  const fresh = await token()
  if (!fresh) return
  form.elements.csrfmiddlewaretoken.value = fresh
  failed = false
  then()
}

const retry = () => { if (failed && unsaved()) again(() => form.dispatchEvent(new Event('change'))) }
addEventListener('online', retry)
addEventListener('focus', retry)
setInterval(retry, 15000)

form.addEventListener('submit', (event) => {
  if (failed) {
    event.preventDefault()
    again(() => form.requestSubmit(event.submitter))
  } else {
    kept = typed
  }
})

addEventListener('beforeunload', (event) => { if (failed && unsaved()) event.preventDefault() })
addEventListener('pagehide', () => {
  if (!failed && unsaved()) {
    fetch(form.action, { method: 'POST', body: new FormData(form), keepalive: true, headers: { 'HX-Request': 'true' } })
  }
})
