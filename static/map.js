/* The world map. Shapes come once by URL, then only what changes: a colour per state, figures, the selection.

   It knows no treaty and no state: what it paints and says stands in `data` (ccm_data/mapping.py says what each field
   is). It fetches nothing but the shapes and runs from a file as well as from a server
   (ccm_data/documents/map.html, where the shapes come with the page). */

const SVG = "http://www.w3.org/2000/svg"
const rooms = new WeakMap()

/** Draw `data` in a place; `pick` is called with the index of a state somebody chose. */
export function show(place, data, pick = () => {}) {
  if (!rooms.has(place)) rooms.set(place, new Room(place))
  const room = rooms.get(place)
  room.update(data, pick)
  return room
}

const STYLE = `
.room{display:flex;flex-direction:column;gap:.25rem;height:100%;color:var(--st-text-color,#0B1219);
  font:var(--st-base-font-size,15px)/1.35 var(--st-font,"Source Sans",Arial,sans-serif);
  background:var(--st-background-color,#fff)}
.figures{display:flex;flex-wrap:wrap;gap:0 1.6rem;align-items:baseline;margin:0}
.figures div{display:flex;gap:.4rem;align-items:baseline}
.figures dd{margin:0}.figures .count{order:-1;font-size:1.5rem;font-weight:650;font-variant-numeric:tabular-nums}
.figures small{opacity:.75;font-size:.85rem}
.sea{position:relative;flex:1;min-height:15rem;overflow:hidden;border-radius:4px}
.sea>svg{position:absolute;inset:0;width:100%;height:100%;display:block;cursor:grab;touch-action:none;outline-offset:-3px}
.sea>svg:active{cursor:grabbing}
.land path{stroke:var(--ground);stroke-width:.6;vector-effect:non-scaling-stroke}
.marks circle{stroke:var(--ground);stroke-width:1}
.chosen .land path:not(.on),.chosen .marks circle:not(.on){fill-opacity:.55}
.over *{fill:none;vector-effect:non-scaling-stroke;stroke-linejoin:round;pointer-events:none}
.over .halo{stroke:#fff;stroke-width:6}
.over .line{stroke:#1B2733;stroke-width:2.4}
.over .hover{fill:#1B2733;fill-opacity:.22}
.hatching *{pointer-events:none}
.names{pointer-events:none;font-weight:600;paint-order:stroke;stroke-linejoin:round}
.names text{fill:#1B2733;stroke:#fff;stroke-opacity:.92;stroke-width:3.2px;text-anchor:middle;dominant-baseline:central}
.names text.light{fill:#fff;stroke:#1B2733;stroke-opacity:.55;stroke-width:2.4px}
.names circle{fill:#1B2733;stroke:#fff;stroke-width:1}
.fade{position:absolute;top:0;bottom:0;width:9%;pointer-events:none}
.legend{position:absolute;bottom:.3rem;display:flex;flex-wrap:wrap;gap:.1rem 1rem;margin:0;padding:.2rem .6rem;
  list-style:none;background:color-mix(in srgb,var(--ground) 88%,transparent);border-radius:4px;font-size:.95rem}
.legend li{display:flex;gap:.4rem;align-items:center}
.legend i{width:.95rem;height:.95rem;border-radius:3px;border:1px solid #5B6670}
.tools{position:absolute;top:.3rem;right:.3rem;display:flex;flex-direction:column;gap:2px}
button{font:inherit;color:inherit;background:var(--ground);border:1px solid var(--st-border-color,#C9CFD6);
  border-radius:4px;white-space:nowrap;min-width:2.1rem;height:2.1rem;padding:0 .5rem;cursor:pointer}
button:hover,button:focus-visible{border-color:var(--st-primary-color,#005A9C);color:var(--st-primary-color,#005A9C)}
.tip{position:absolute;z-index:2;max-width:20rem;padding:.35rem .6rem;background:#1B2733;color:#fff;border-radius:4px;
  font-size:.9rem;pointer-events:none;visibility:hidden}
.tip b{display:block}
.time{display:flex;gap:.8rem;align-items:center;min-height:3.1rem}
.line{position:relative;flex:0 1 24rem;min-width:9rem}
.line svg{display:block;width:100%;height:1.7rem;overflow:visible}
.line polyline{fill:none;stroke:var(--st-primary-color,#005A9C);stroke-width:2;vector-effect:non-scaling-stroke}
.line line{stroke:currentColor;stroke-width:1;vector-effect:non-scaling-stroke}
.line input{display:block;width:100%;margin:0;height:1.1rem;accent-color:var(--st-primary-color,#005A9C)}
.said{flex:1 1 12rem;font-size:.95rem;max-height:2.8rem;overflow:hidden}
.said b{font-size:1.1rem}
.note{margin:0;flex:0 1 36rem;font-size:.72rem;line-height:1.25;opacity:.8}
.bare .figures{position:absolute;z-index:1;left:.4rem;bottom:7rem;flex-direction:column;max-width:17rem}
.meeting .figures .count{font-size:2rem}.meeting .said{font-size:1.1rem;max-height:3.2rem}
.room{position:relative;container-type:inline-size}
@container(max-width:68rem){.time{flex-wrap:wrap;padding-bottom:.2rem}.note{flex-basis:100%}.said{max-height:none}}
:fullscreen .room,.room:fullscreen{height:100dvh;padding:.5rem;box-sizing:border-box}
@media(max-width:700px){
  .sea{flex:none;order:-1;min-height:0}.sea>svg{position:static;height:12rem}
  .legend{position:static;gap:.1rem .7rem;padding:0}.tools{flex-direction:row}.tools button:nth-child(-n+2){display:none}
  .bare .figures{position:static;flex-direction:row;max-width:none}.note{flex-basis:100%}
  .figures{gap:0 1rem}.figures .count{font-size:1.2rem}.time{flex-wrap:wrap}.said{flex-basis:100%;max-height:none}
}
`

function node(name, attributes = {}, parent = null, space = null) {
  const made = space ? document.createElementNS(space, name) : document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  parent?.append(made)
  return made
}
const svg = (name, attributes, parent) => node(name, attributes, parent, SVG)

/** The shapes of a URL, fetched once per page. */
const fetched = new Map()
function shapes(url) {
  if (!fetched.has(url)) fetched.set(url, fetch(url).then(answer => answer.json()))
  return fetched.get(url)
}

/** Shapes that came with the page stand for those of a URL. */
export function keep(url, world) { fetched.set(url, Promise.resolve(world)) }

class Room {
  constructor(place) {
    node("style", {}, place).textContent = STYLE
    this.root = node("div", { class: "room" }, place)
    this.figures = node("dl", { class: "figures" }, this.root)
    this.sea = node("div", { class: "sea" }, this.root)
    this.svg = svg("svg", { role: "img", tabindex: 0 }, this.sea)
    const hatch = svg("pattern", { id: "hatch", width: 6, height: 6, patternUnits: "userSpaceOnUse" }, svg("defs", {}, this.svg))
    svg("path", { d: "M0,6 L6,0 M-1,1 L1,-1 M5,7 L7,5", stroke: "#1B2733", "stroke-width": 1.6 }, hatch)
    this.hatch = hatch
    for (const name of ["land", "hatching", "marks", "over", "names"]) this[name] = svg("g", { class: name }, this.svg)
    this.fades = ["right", "left"].map(side => {
      const fade = node("div", { class: "fade" }, this.sea)
      fade.style.background = `linear-gradient(to ${side}, var(--ground) 60%, transparent)` // from the edge inwards
      return fade
    })
    this.legend = node("ul", { class: "legend" }, this.sea)
    this.tools = node("div", { class: "tools" }, this.sea)
    this.tip = node("div", { class: "tip", role: "status" }, this.sea)
    this.time = node("div", { class: "time" }, this.root)
    this.pen = document.createElement("canvas").getContext("2d")
    this.data = null
    this.world = null
    this.year = null
    this.buttons()
    this.timeline()
    this.note = node("p", { class: "note" }, this.time)
    this.gestures()
    new ResizeObserver(() => this.world && this.fit()).observe(this.sea)
    const around = (place.host ?? place).closest?.(".st-key-map_room")
    if (around) new MutationObserver(() => this.covered !== this.panel()?.height && this.world && this.refit())
      .observe(around, { childList: true, subtree: true, characterData: true })
    addEventListener("resize", () => this.data && this.grow())
  }

  async update(data, pick) {
    const before = this.data
    this.pick = pick
    this.data = data
    if (before && before.selected !== data.selected) this.chosen = undefined
    this.root.style.setProperty("--ground", data.ground)
    this.grow()
    this.root.classList.toggle("meeting", data.meeting)
    this.svg.setAttribute("aria-label", data.alt)
    this.note.textContent = data.note
    this.scale()
    if (!this.world) {
      this.said()
      await (this.loading ??= this.load(data.shapes))
    }
    if (data !== this.data) return // a later update came while the shapes were on their way
    if (!before || `${before.box}` !== `${data.box}` || before.meeting !== data.meeting) this.fit()
    this.paint()
  }

  async load(url) {
    const world = await shapes(url)
    this.paths = new Map()
    for (const { properties, geometry } of world.features) {
      const d = geometry.coordinates.flat().map(ring => "M" + ring.map(([x, y]) => `${x},${-y}`).join("L") + "Z").join("")
      const path = svg("path", { d }, this.land)
      path.state = properties.i
      path.name = properties.name
      if (properties.iso3) this.paths.set(properties.i, path)
    }
    this.circles = new Map()
    world.states.forEach(([, , , , marker], i) => {
      if (marker) (this.circles.set(i, svg("circle", {}, this.marks)), this.circles.get(i).state = i)
    })
    this.world = world
  }

  // Where things are

  /** A room takes what the window leaves below its top, a picture the height it was given. */
  grow() {
    const host = this.root.getRootNode().host ?? this.root
    const scrolled = host.closest("[data-testid=stMain]")?.scrollTop ?? scrollY
    const top = Math.round(this.root.getBoundingClientRect().top + scrolled)
    const small = matchMedia("(max-width:700px)").matches
    this.root.style.height = small ? "auto" : this.data.height || `max(22rem, calc(100dvh - ${top + 12}px))`
  }

  fit() {
    const [x0, y0, x1, y1] = this.data.box
    const { width, height } = this.svg.getBoundingClientRect()
    if (!width || !height) return
    const room = this.data.whole ? 0 : Math.min(this.panel()?.width ?? 0, width / 3)
    this.k = Math.min((width - room) / (x1 - x0), height / (y1 - y0))
    this.least = this.k * 0.7
    this.x = room + (width - room) / 2 - this.k * (x0 + x1) / 2
    this.y = height / 2 + this.k * (y0 + y1) / 2
    this.radius = this.data.meeting ? 7 : width < 700 ? 3.5 : width < 1100 ? 5 : 6
    this.moved = false
    this.place()
    this.label()
  }

  /** What lies over the sea came, went or grew. */
  refit() {
    this.covered = this.panel()?.height
    this.said()
    this.moved || this.data.whole ? this.label() : this.fit()
  }

  at([x, y]) { return [this.x + this.k * x, this.y - this.k * y] }

  /** The panel that lies over the sea, as a box in the map's pixels. */
  panel() {
    const found = (this.sea.getRootNode().host ?? this.root).closest(".st-key-map_room")?.querySelector(".st-key-map_panel")
    return found && getComputedStyle(found).position === "absolute" ? found.getBoundingClientRect() : null
  }

  place() {
    if (!this.k) return // no size yet
    const matrix = `translate(${this.x} ${this.y}) scale(${this.k})`
    this.land.setAttribute("transform", matrix)
    this.svg.dataset.at = `${this.x} ${this.y} ${this.k}`
    this.hatch.setAttribute("patternTransform", `scale(${1 / this.k})`)
    for (const [i, circle] of this.circles) {
      const [x, y] = this.at(this.world.states[i].slice(1, 3))
      for (const [key, value] of [["cx", x], ["cy", y], ["r", this.radius]]) circle.setAttribute(key, value)
    }
    for (const over of this.svg.querySelectorAll(".over path,.hatching path")) over.setAttribute("transform", matrix)
    for (const over of this.svg.querySelectorAll(".over circle,.hatching circle")) {
      const [x, y] = this.at(this.world.states[over.state].slice(1, 3))
      over.setAttribute("cx", x), over.setAttribute("cy", y)
    }
    for (const name of this.names.children) {
      const [x, y] = this.at(name.home)
      name.setAttribute("transform", `translate(${x} ${y})`)
    }
    const [x0, , x1] = this.data.box
    const edges = [this.at([x0, 0])[0], this.sea.clientWidth - this.at([x1, 0])[0]]
    this.fades.forEach((fade, side) => {
      fade.style[side ? "right" : "left"] = "0"
      fade.style.width = `${Math.max(0, edges[side])}px`
      fade.hidden = this.data.whole || this.moved || edges[side] <= 0
    })
  }

  // Colours

  /** The fill of each state, by index; the last is that of areas without status. */
  fills() {
    const { data } = this
    if (this.year === null) return [...data.fill].map(code => data.looks[parseInt(code, 36)])
    const none = data.looks[parseInt(data.fill.at(-1), 36)]
    return [...this.statuses(this.year).map(status => status < 0 ? none : data.years.looks[status]), none]
  }

  paint() {
    const fills = this.fills()
    this.painted = fills
    for (const path of this.land.children) path.setAttribute("fill", fills[path.state])
    for (const [i, circle] of this.circles) circle.setAttribute("fill", fills[i])
    const hatched = this.year === null ? this.data.hatched : []
    this.hatching.replaceChildren(...hatched.map(i => {
      const copy = (this.circles.get(i) ?? this.paths.get(i)).cloneNode()
      copy.setAttribute("fill", "url(#hatch)")
      copy.state = i
      return copy
    }))
    this.mark()
    this.told()
    this.said()
    this.place()
    this.label()
  }

  get selected() { return this.year === null ? this.chosen ?? this.data.selected : null }

  mark() {
    const i = this.selected
    this.svg.classList.toggle("chosen", i !== null)
    for (const shape of this.svg.querySelectorAll(".land path,.marks circle")) shape.classList.toggle("on", shape.state === i)
    this.over.replaceChildren()
    if (i === null) return
    for (const name of ["halo", "line"]) {
      if (this.circles.has(i) || this.world.states[i][3] * this.k ** 2 < 150) {
        svg("circle", { class: name, r: this.radius + 4 }, this.over).state = i // an outline would be too small to see
      } else {
        const copy = this.paths.get(i).cloneNode()
        copy.setAttribute("class", name)
        copy.removeAttribute("fill")
        this.over.append(copy)
      }
    }
  }

  // Names

  /** Names that touch neither each other nor what lies over the map: inside their shape, or beside a dot. */
  label() {
    if (!this.painted || !this.k) return
    const size = this.data.meeting ? 24 : this.sea.clientWidth < 700 ? 10 : this.sea.clientWidth < 1100 ? 12 : 13
    this.names.setAttribute("font-size", size)
    this.pen.font = `600 ${size}px ${getComputedStyle(this.root).fontFamily}`
    const here = this.svg.getBoundingClientRect()
    const taken = [this.panel(), ...[this.legend, this.tools, this.figures].map(over => over.getBoundingClientRect())]
      .filter(box => box?.width).map(box => [box.left - here.left, box.top - here.top, box.right - here.left, box.bottom - here.top])
    const free = box => box[0] > 2 && box[1] > 2 && box[2] < here.width - 2 && box[3] < here.height - 2 &&
      !taken.some(other => other[0] < box[2] && box[0] < other[2] && other[1] < box[3] && box[1] < other[3])
    const edges = this.data.whole || this.moved ? [0, here.width] : [0, 2].map(edge => this.at([this.data.box[edge], 0])[0])
    const ranks = this.ranks()
    const order = [...ranks.keys()].filter(i => ranks[i] !== "-")
      .sort((a, b) => ranks[a].toLowerCase().localeCompare(ranks[b].toLowerCase()) || this.world.states[b][3] - this.world.states[a][3])
    if (this.selected !== null) order.unshift(this.selected, ...order.splice(0).filter(i => i !== this.selected))
    this.names.replaceChildren()
    for (const i of order) {
      const [name, x, y] = this.world.states[i]
      const half = this.pen.measureText(name).width / 2 + 3, tall = size * 0.7
      const [px, py] = this.at([x, y])
      if (px < edges[0] || py < 0 || px > edges[1] || py > here.height) continue
      const spot = this.inside(i, px, py, half, tall, free)
      const must = i === this.selected || ranks[i] !== ranks[i].toUpperCase()
      const found = spot ?? (must ? this.beside(i, px, py, half, tall, free) : null)
      if (!found) continue
      taken.push([found[0] - half, found[1] - tall, found[0] + half, found[1] + tall])
      const group = svg("g", {}, this.names)
      group.home = [x, y]
      if (!spot && !this.circles.has(i)) svg("circle", { r: 2.5 }, group)
      const text = svg("text", { x: found[0] - px, y: found[1] - py }, group)
      text.textContent = name
      text.state = i
      text.classList.toggle("inside", Boolean(spot))
      text.classList.toggle("light", Boolean(spot) && dark(this.painted[i]) && (this.selected ?? i) === i)
      group.setAttribute("transform", `translate(${px} ${py})`)
    }
  }

  /** Who may be named: small letters always, capitals where the name fits in, a dash never. */
  ranks() {
    if (this.year === null) return [...this.data.names]
    const news = new Set((this.data.years.changes[this.year] ?? []).slice(1).flat())
    return [...this.data.names].map((_, i) => news.has(i) ? "a" : "D")
  }

  inside(i, px, py, half, tall, free) {
    const path = this.paths.get(i)
    if (!path || this.circles.has(i) || 2 * half > 1.7 * this.k * Math.sqrt(this.world.states[i][3])) return null
    const within = (x, y) => path.isPointInFill(new DOMPoint((x - this.x) / this.k, (y - this.y) / this.k))
    for (const dy of [0, tall, -tall, 2 * tall, -2 * tall]) {
      for (const dx of [0, half / 2, -half / 2]) {
        const [x, y] = [px + dx, py + dy]
        if (!free([x - half, y - tall, x + half, y + tall])) continue
        if ([-1, -0.5, 0, 0.5, 1].every(part => within(x + part * half, y - tall) && within(x + part * half, y + tall))) return [x, y]
      }
    }
    return null
  }

  beside(i, px, py, half, tall, free) {
    const off = (this.circles.has(i) ? this.radius : 3) + 3
    for (const [dx, dy] of [[off + half, 0], [-off - half, 0], [0, -off - tall], [0, off + tall]]) {
      const [x, y] = [px + dx, py + dy]
      if (free([x - half, y - tall, x + half, y + tall])) return [x, y]
    }
    return null
  }

  // Years

  /** The status of every state at the end of a year, as a place in `years.looks`; -1 where it was no state. */
  statuses(year) {
    const { born, changes } = this.data.years
    const found = this.world.states.map((_, i) => year < (born[i] ?? 0) ? -1 : 2)
    for (const [when, kinds] of Object.entries(changes)) {  // by year: who signed, joined, left
      if (when <= year) kinds.forEach((states, kind) => states.forEach(i => (found[i] = [1, 0, 3][kind])))
    }
    return found
  }

  timeline() {
    this.play = node("button", { type: "button" }, this.time)
    const line = node("div", { class: "line" }, this.time)
    this.curve = svg("svg", { preserveAspectRatio: "none", "aria-hidden": "true" }, line)
    this.slider = node("input", { type: "range", step: 1, "aria-label": "Year" }, line)
    this.output = node("div", { class: "said" }, this.time)
    this.slider.addEventListener("input", () => (this.stop(), this.go(Number(this.slider.value))))
    this.play.addEventListener("click", () => this.timer ? this.stop() : this.start())
    this.stop()
  }

  go(year) {
    this.year = year >= this.data.years.last ? null : year
    this.slider.value = year
    this.paint()
  }

  start() {
    const { first, last } = this.data.years
    this.go(this.year === null ? first : this.year)
    this.timer = setInterval(() => {
      const next = (this.year ?? last) + 1
      this.go(next)
      if (next >= last) this.stop()
    }, 1100)
    this.play.textContent = "❚❚ Pause"
  }

  stop() {
    clearInterval(this.timer)
    this.timer = 0
    this.play.textContent = "▶ Play"
  }

  /** The curve of States Parties, and what happened in the year that is shown. */
  told() {
    const { first, last, changes, now, provisional } = this.data.years
    const counts = []
    for (let year = first; year <= last; year++) counts.push(this.statuses(year).filter(status => status === 0).length)
    const most = Math.max(...counts)
    this.curve.setAttribute("viewBox", `0 0 ${last - first || 1} ${most || 1}`)
    this.curve.replaceChildren()
    svg("polyline", { points: counts.map((count, n) => `${n},${most - count}`).join(" ") }, this.curve)
    const shown = (this.year ?? last) - first
    svg("line", { x1: shown, x2: shown, y1: 0, y2: most }, this.curve)
    Object.assign(this.slider, { min: first, max: last, value: this.year ?? last })
    this.slider.setAttribute("aria-valuetext", `${this.year ?? last}: ${counts[shown]} States Parties`)
    const [signed, joined, left] = (changes[this.year ?? last] ?? [[], [], []])
      .map(states => states.map(i => this.world.states[i][0] + (provisional.includes(i) ? " (provisional)" : "")))
    this.output.replaceChildren(node("b"), "")
    this.output.firstChild.textContent = this.year === null ? `${last}, to ${now}` : `End of ${this.year}`
    this.output.append(`: ${counts[shown]} States Parties. ` + [
      joined.length ? `Joined: ${joined.join(", ")}.` : "Nobody joined.",
      left.length ? `Left: ${left.join(", ")}.` : "",
      signed.length > 6 ? `${signed.length} signed.` : signed.length ? `Signed: ${signed.join(", ")}.` : "",
    ].filter(Boolean).join(" "))
  }

  // Words

  scale() { this.time.hidden = !this.data.years }

  said() {
    const { data } = this
    const counts = this.year === null ? null : [0, 1, 2, 3].map(status => this.statuses(this.year).filter(one => one === status).length)
    this.figures.replaceChildren(...data.figures.filter(figure => !counts || figure.status !== null).map(figure => {
      const box = node("div")
      node("dt", {}, box).textContent = figure.name
      node("dd", { class: "count" }, box).textContent = counts ? counts[figure.status] : figure.count
      if (figure.aside && !counts) node("small", {}, node("dd", {}, box)).textContent = figure.aside
      box.title = data.counted
      return box
    }))
    const rows = counts ? data.years.words.map((text, status) => ({ text, look: data.years.looks[status], count: counts[status] })) : data.legend
    this.legend.replaceChildren(...rows.map(row => {
      const item = node("li")
      if (row.look) node("i", {}, item).style.background = row.look
      item.append(row.count === "" ? row.text : `${row.text}: `)
      if (row.count !== "") node("b", {}, item).textContent = row.count
      return item
    }))
    const panel = this.panel()
    this.root.classList.toggle("bare", data.meeting && !panel)
    this.legend.style.left = panel ? `${panel.width + 16}px` : ".3rem"
  }

  // Hands

  /** The index under a point of the page: the nearest marker within reach, else the shape. */
  under(event) {
    const here = this.sea.getBoundingClientRect()
    const [x, y] = [event.clientX - here.left, event.clientY - here.top]
    let best = this.radius + 4, found = null
    for (const i of this.circles.keys()) {
      const [mx, my] = this.at(this.world.states[i].slice(1, 3))
      const far = Math.hypot(mx - x, my - y)
      if (far <= best) (best = far, found = i)
    }
    if (found !== null) return [found, this.world.states[found][0]]
    const shape = this.svg.getRootNode().elementsFromPoint(event.clientX, event.clientY).find(one => one.parentNode === this.land)
    return shape ? [shape.state, shape.name] : null
  }

  hover(event) {
    const found = this.world && this.under(event)
    this.over.querySelector(".hover")?.remove()
    this.tip.style.visibility = found ? "visible" : "hidden"
    if (!found) return
    const [i, name] = found
    if (this.paths.has(i)) {
      const copy = this.paths.get(i).cloneNode()
      copy.setAttribute("class", "hover")
      copy.setAttribute("transform", this.land.getAttribute("transform"))
      this.over.append(copy)
    }
    const status = this.year === null || i >= this.world.states.length ? null : this.statuses(this.year)[i]
    this.tip.replaceChildren(node("b"))
    this.tip.firstChild.textContent = name
    this.tip.append(status === null ? this.data.tips[0][parseInt(this.data.tips[1][i], 36)] : this.data.years.words[status] ?? this.data.tips[0].at(-1))
    const here = this.sea.getBoundingClientRect()
    const [x, y] = [event.clientX - here.left, event.clientY - here.top]
    this.tip.style.left = `${x + 14 + this.tip.offsetWidth > here.width ? x - 14 - this.tip.offsetWidth : x + 14}px`
    this.tip.style.top = `${Math.max(0, Math.min(y + 14, here.height - this.tip.offsetHeight))}px`
  }

  choose(event) {
    const found = this.under(event)
    if (!found || found[0] >= this.world.states.length) return
    this.stop()
    this.year = null
    this.chosen = found[0]
    this.paint()
    this.pick(found[0])
  }

  gestures() {
    const fingers = new Map()
    let travelled = 0, apart = 0
    const middle = () => [...fingers.values()].reduce(([x, y], e) => [x + e.clientX / fingers.size, y + e.clientY / fingers.size], [0, 0])
    const spread = () => { const [a, b] = [...fingers.values()]; return b ? Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY) : 0 }
    this.svg.addEventListener("pointerdown", event => {
      fingers.set(event.pointerId, event)
      travelled = fingers.size > 1 ? Infinity : 0
      apart = spread()
    })
    this.svg.addEventListener("pointermove", event => {
      if (!fingers.has(event.pointerId)) return event.pointerType === "mouse" && this.hover(event)
      const [x, y] = middle()
      fingers.set(event.pointerId, event)
      const [to, too] = middle()
      travelled += Math.hypot(to - x, too - y)
      if (travelled < 4) return
      this.svg.setPointerCapture(event.pointerId)
      this.x += to - x
      this.y += too - y
      if (fingers.size === 2 && apart) this.zoom(spread() / apart, to, too)
      apart = spread()
      this.moving()
    })
    const lift = event => {
      if (event.type === "pointerup" && fingers.has(event.pointerId) && travelled < 4 && this.world) this.choose(event)
      fingers.delete(event.pointerId)
    }
    for (const name of ["pointerup", "pointercancel"]) this.svg.addEventListener(name, lift)
    this.svg.addEventListener("pointerleave", () => (this.tip.style.visibility = "hidden", this.over.querySelector(".hover")?.remove()))
    this.svg.addEventListener("wheel", event => {
      event.preventDefault()
      this.zoom(Math.exp(-event.deltaY * 0.0015), event.clientX, event.clientY)
    }, { passive: false })
    this.svg.addEventListener("keydown", event => {
      const step = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] }[event.key]
      if (step) (this.x += step[0], this.y += step[1], this.moving())
      else if (event.key === "+" || event.key === "-") this.zoom(event.key === "+" ? 1.4 : 1 / 1.4)
      else if (event.key === "0" || event.key === "Home") this.fit()
      else return
      event.preventDefault()
    })
  }

  zoom(factor, clientX = null, clientY = null) {
    if (!this.k) return
    const here = this.sea.getBoundingClientRect()
    const [x, y] = clientX === null ? [here.width / 2, here.height / 2] : [clientX - here.left, clientY - here.top]
    const k = Math.max(this.least, Math.min(this.k * factor, this.least * 60))
    this.x = x - (x - this.x) * k / this.k
    this.y = y - (y - this.y) * k / this.k
    this.k = k
    this.moving()
  }

  moving() {
    this.moved = true
    cancelAnimationFrame(this.frame)
    this.frame = requestAnimationFrame(() => this.place())
    clearTimeout(this.rest)
    this.rest = setTimeout(() => this.label(), 160)
  }

  buttons() {
    const button = (sign, title, does) => {
      const made = node("button", { type: "button", title, "aria-label": title }, this.tools)
      made.textContent = sign
      made.addEventListener("click", does)
    }
    button("+", "Zoom in", () => this.zoom(1.6))
    button("−", "Zoom out", () => this.zoom(1 / 1.6))
    button("⌂", "Whole view", () => this.fit())
    button("⤢", "Full screen", () => {
      const whole = (this.sea.getRootNode().host ?? this.root).closest(".st-key-map_room") ?? this.root
      document.fullscreenElement ? document.exitFullscreen() : whole.requestFullscreen()
    })
  }
}

/** Whether a fill needs light letters. */
function dark(colour) {
  return [1, 3, 5].reduce((sum, at) => sum + parseInt(colour.slice(at, at + 2), 16), 0) < 300
}
