// A table of rows of fields: Enter and the arrow keys go to the same field of the next row, as in a sheet. In a
// field of several lines, where Enter begins a line, Alt goes with the arrow.
const table = 'table[data-rows]'
const typed = 'input:not([type=hidden]):not([type=checkbox]), textarea'
const called = (one) => one.name.slice(one.name.indexOf('-') + 1) // without the row's own prefix

function beside(one, step) {
  const rows = [...one.closest('tbody').rows]
  if (step < 0) rows.reverse()
  const ahead = rows.slice(rows.indexOf(one.closest('tr')) + 1)
  const fields = ahead.flatMap((row) => [...row.querySelectorAll(typed)])
  return fields.find((each) => called(each) === called(one)) // a row that is scored has none
}

function step({ key, altKey, ctrlKey, metaKey, shiftKey, isComposing, target }) {
  const said = { ArrowDown: 1, ArrowUp: -1, Enter: altKey ? 0 : 1 }[key]
  if (!said || ctrlKey || metaKey || shiftKey || isComposing || !target.matches?.(`${table} :is(${typed})`)) return 0
  return altKey || target.tagName === 'INPUT' ? said : 0
}

document.addEventListener('keydown', (event) => {
  const to = step(event)
  if (!to) return
  event.preventDefault() // Enter would send the form
  const next = beside(event.target, to)
  next?.focus()
  next?.select()
})

// Whoever comes to type stands in the first field.
function begin() {
  if (location.hash || document.querySelector('#main .faults')) return
  document.querySelector(`${table} :is(${typed})`)?.focus({ preventScroll: true })
}

document.addEventListener('htmx:afterSettle', begin)
begin()
