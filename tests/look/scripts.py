"""What is asked of a page inside the browser, as scripts: each gives its answer, or changes what stands there."""

ON_PAPER = """() => {
  const found = []
  for (const one of document.querySelectorAll('td, th')) {
    const style = getComputedStyle(one), letter = parseFloat(style.fontSize)
    const width = one.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight)
    if (width >= 3.5 * letter) continue
    const words = document.createRange()
    words.selectNodeContents(one)
    const height = words.getBoundingClientRect().height
    if (height > 2.5 * parseFloat(style.lineHeight)) found.push(`a few letters a line: ${one.innerText}`)
  }
  return found
}"""

OUT_OF_SIGHT = """() => {
  const found = new Set()
  for (const one of document.querySelectorAll('table :is(th, td, input, textarea, select, button)')) {
    const {width, right} = one.getBoundingClientRect()
    if (width === 0 || right <= window.innerWidth + 0.5 || one.closest('.hidden')) continue
    found.add(`out of sight: ${one.closest('.scroll')?.getAttribute('aria-label')}`)
  }
  return [...found]
}"""

BY_KEYBOARD = """() => {
  const said = (what, one) => `${what}: ${one.outerHTML.slice(0, 160)}`
  const shown = one => one.checkVisibility({visibilityProperty: true}) && one.getClientRects().length > 0
  const kind = one => one ? one.localName + '.' + one.className : ''
  const found = [], seen = new Set()
  for (const one of document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')) {
    const same = [kind(one), kind(one.parentElement), one.tabIndex, one.disabled, shown(one)].join()
    if (seen.has(same)) continue  // the thousandth link of a table is as the first
    seen.add(same)
    if (one.tabIndex > 0) found.push(said('taken out of its turn', one))
    if (one.tabIndex < 0 || one.disabled || !shown(one)) continue
    one.focus()
    if (document.activeElement !== one) { found.push(said('cannot be reached', one)); continue }
    const {outlineStyle, outlineWidth} = getComputedStyle(one)
    if (outlineStyle === 'none' || parseFloat(outlineWidth) < 2) found.push(said('nobody sees that the keyboard is at', one))
  }
  for (const one of document.forms) {
    const pressed = [...one.elements].some(each => ['submit', 'image'].includes(each.type))
    if (!pressed) found.push(said('without script nobody can send', one))
  }
  for (const one of document.querySelectorAll('[role=button], [role=link]')) {
    if (one.tabIndex < 0) found.push(said('pressed by mouse alone', one))
  }
  return found
}"""

ONE_OF_A_KIND = """() => {
  const seen = new Set()
  window.leftOut = []
  for (const one of document.querySelectorAll('tbody > tr, main li')) {
    const parts = one.outerHTML.match(/<\\w+(?:[^>]* class="[^"]*")?/g).join()
    if (!seen.has(parts)) { seen.add(parts); continue }
    window.leftOut.push([one, one.parentNode, one.nextSibling])
    one.remove()
  }
}"""
"""The thousandth row of a table is as the first: of rows with the same parts one is left."""

ALL_AGAIN = """() => {
  for (const [one, above, next] of window.leftOut.reverse()) above.insertBefore(one, next)
}"""
