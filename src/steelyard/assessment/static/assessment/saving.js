// A form whose entries are not lost. With `data-saves-itself` it is sent at every pause, else by its buttons. What
// could not be saved is said at once; what is not saved yet stays in this tab, for this person alone, until it is
// saved or discarded, also across signing in again. Without this script the buttons save.
const form = () => document.querySelector('form[data-entries]')
const itself = () => 'savesItself' in (form()?.dataset ?? {})
const place = `entries of ${form().dataset.entries} at ${location.pathname}${location.search}`

// --- what was entered, beside what the office has ---
const fields = () => [...form().elements].filter((one) => one.name && !['hidden', 'submit', 'button'].includes(one.type))
const discards = () => form().querySelector('[data-discard]')
const ticked = (one) => ['checkbox', 'radio'].includes(one.type)
const called = (one) => (ticked(one) ? `${one.name}=${one.value}` : one.name)
const said = (one) => (ticked(one) ? (one.checked ? 'on' : '') : one.value)
const label = (one) => one.getAttribute('aria-label') ?? one.labels[0]?.textContent.trim() ?? one.name
const seen = (one) => (one.closest('tr')?.querySelector('input[name$="seen"]') ?? form().elements.version)?.value ?? ''
// the figures behind a row of scores, and the mark of what stood beside it
const stood = (one) => [...(one.closest('tr')?.querySelectorAll('input[name$="rests"], input[name$="beside"]') ?? [])]
const rests = (one) => stood(one).map((each) => each.value).join('\n')
const now = () => new Map(fields().map((one) => [called(one), said(one)]))

function came(one) {
  if (ticked(one)) return one.defaultChecked ? 'on' : ''
  if (!one.options) return one.defaultValue
  return ([...one.options].find((each) => each.defaultSelected) ?? one.options[0])?.value ?? ''
}

let there = new Map(fields().map((one) => [called(one), came(one)])) // what the office has
let apart = [] // entries of rows that are others since, which are shown beside the form
let failed = false
let renewed = false // whether it was sent again with a new token already

const entered = () => fields().filter((one) => said(one) !== (there.get(called(one)) ?? ''))
const unsaved = () => entered().length > 0

function keep() {
  const rows = entered().map((one) => ({ name: called(one), label: label(one), text: said(one), seen: seen(one), rests: rests(one) }))
  try {
    if (rows.length + apart.length) sessionStorage.setItem(place, JSON.stringify({ at: new Date(), rows: [...rows, ...apart] }))
    else sessionStorage.removeItem(place)
  } catch { /* a browser that keeps nothing */ }
}

function kept() {
  try { return JSON.parse(sessionStorage.getItem(place)) } catch { return null }
}

function enter(one, text) {
  if (ticked(one)) one.checked = text === 'on'
  else one.value = text
}

function putBack() {
  const draft = kept()
  if (!draft) return
  const open = new Map(fields().map((one) => [called(one), one]))
  const lost = draft.rows.filter((row) => !open.has(row.name) || said(open.get(row.name)) !== row.text)
  const same = lost.filter((row) => open.has(row.name) && seen(open.get(row.name)) === row.seen)
  const moved = same.filter((row) => rests(open.get(row.name)) !== (row.rests ?? ''))
  // A tick says yes to what was seen: if that moved, it is not put back. What else is put back of such a
  // row goes with what was seen then, so that the office asks to look at those of now.
  const mine = same.filter((row) => !(moved.includes(row) && ticked(open.get(row.name))))
  for (const row of mine) {
    enter(open.get(row.name), row.text)
    if (moved.includes(row)) (row.rests ?? '').split('\n').forEach((value, n) => { stood(open.get(row.name))[n].value = value })
  }
  apart = lost.filter((row) => !same.includes(row))
  keep()
  if (!lost.length) return
  const told = document.getElementById('put-back').content.cloneNode(true)
  told.querySelector('time').textContent = new Date(draft.at).toTimeString().slice(0, 5)
  const listed = (which, rows, word) => {
    const part = told.querySelector(which)
    part.hidden = rows.length === 0
    part.querySelector('ul')?.append(...rows.map((row) => {
      const line = document.createElement('li')
      line.textContent = word(row)
      return line
    }))
  }
  listed('.back', mine)
  listed('.apart', apart, (row) => `${row.label} — ${row.text}`)
  listed('.moved', moved, (row) => row.label)
  document.getElementById('saved').replaceChildren(told)
  discards().hidden = false
  if (itself() && mine.length) form().dispatchEvent(new Event('change'))
}

// --- what could not be saved ---
function fail(which) {
  failed = true
  const line = document.getElementById('saved')
  line.replaceChildren(document.getElementById(which).content.cloneNode(true))
  if (!itself()) line.scrollIntoView({ block: 'nearest' })
}

// The page anew, for the token of whoever is signed in now; where there is none, why is said. Somebody else's is none:
// what one person entered is not sent in another's name.
async function token() {
  const answer = await fetch(form().action).catch(() => null)
  if (!answer || answer.status >= 500) return fail('not-reached')
  if (answer.redirected || !answer.ok) return fail('signed-out')
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('form[data-entries]')
  if (page?.dataset.entries !== form().dataset.entries) return fail('signed-out')
  return page.elements.csrfmiddlewaretoken.value
}

async function again(then) {
  const fresh = await token()
  if (!fresh) return
  form().elements.csrfmiddlewaretoken.value = fresh
  failed = false
  then()
}

const retry = () => { if (itself() && failed && unsaved()) again(() => form().dispatchEvent(new Event('change'))) }
addEventListener('online', retry)
addEventListener('focus', retry)
setInterval(retry, 15000)

// A token is refused when its person signed in again in another window meanwhile.
function renew({ elt, requestConfig }) {
  if (renewed) return fail('signed-out')
  renewed = true
  const { submitter } = requestConfig.triggeringEvent ?? {}
  again(() => (elt === form() && !itself() ? form().requestSubmit(submitter) : form().dispatchEvent(new Event('change'))))
}

// --- on its way to the office, and back ---
const ours = (event) => form()?.contains(event.detail.elt)
document.addEventListener('input', (event) => { if (form()?.contains(event.target)) keep() })
document.addEventListener('htmx:beforeRequest', (event) => { if (ours(event)) event.detail.xhr.sent = now() })
document.addEventListener('htmx:sendError', (event) => { if (ours(event)) fail('not-reached') })
document.addEventListener('htmx:beforeOnLoad', (event) => {
  if (!ours(event)) return
  const { xhr } = event.detail
  if (xhr.status === 403) {
    event.preventDefault()
    renew(event.detail)
  } else if (new URL(xhr.responseURL).pathname !== new URL(form().action).pathname) {
    event.preventDefault()
    fail('signed-out')
  } else if (xhr.status >= 500) {
    event.preventDefault()
    fail('not-reached')
  } else {
    failed = renewed = false
    if (xhr.getResponseHeader('HX-Redirect') || (itself() && xhr.status === 200)) {
      there = xhr.sent
      apart = []
      keep()
      discards().hidden = true
    }
  }
})
document.addEventListener('htmx:afterSwap', () => { if (form()) keep() })

document.addEventListener('submit', (event) => {
  if (event.target !== form()) return
  if (failed) {
    event.preventDefault()
    event.stopImmediatePropagation()
    again(() => form().requestSubmit(event.submitter))
  } else if (itself()) {
    there = now()
  }
}, true)

document.addEventListener('click', (event) => {
  if (!event.target.matches('[data-discard]') || !confirm(event.target.dataset.asks)) return
  there = now()
  apart = []
  keep()
  location.replace(location.href)
})

addEventListener('beforeunload', (event) => { if (form() && unsaved() && (failed || !itself())) event.preventDefault() })
addEventListener('pagehide', () => {
  if (form() && itself() && !failed && unsaved()) {
    fetch(form().action, { method: 'POST', body: new FormData(form()), keepalive: true, headers: { 'HX-Request': 'true' } })
  }
})

document.addEventListener('DOMContentLoaded', putBack) // after htmx, which sends what is put back
