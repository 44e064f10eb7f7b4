// Writes one expression: picks productions by kind, keeps account of what is in scope, and ends in time.
//
// A production is `[weight, write]`, its list is named by the kind of value that it should give. Now and then another kind is written in its
// place, so that types do not fit.

/** What is known about where the next piece stands. */
export class Writer {
  /** Variables in scope: `{name, kind}`. */
  variables = [];
  /** What `$` is here: a key of the table of contexts. */
  context = "root";
  /** How many steps may still be written. */
  fuel;
  #next = 0;

  constructor(random, productions, fuel) {
    this.random = random;
    this.productions = productions;
    this.fuel = fuel;
  }

  /** A piece of that kind. */
  write(kind) {
    const { random } = this;
    this.fuel -= 1;
    const wanted = random.once(60) ? random.pick(KINDS) : kind;
    if (this.fuel <= 0) return random.weighted(this.productions.leaves[wanted])(this);
    const list = random.once(3) ? this.productions.leaves[wanted] : this.productions.all[wanted];
    return random.weighted(list)(this);
  }

  /** A whole expression: never a leaf only. */
  begin(kind) {
    return this.random.weighted(this.productions.all[kind])(this);
  }

  /** A piece that binds at least as tightly as a call. */
  tight(kind) {
    const text = this.write(kind);
    return /^[\w$."'`()\[\],#@\\]*$/.test(text) && balanced(text) ? text : `(${text})`;
  }

  /** What `write` gives while `$` is something else. */
  inside(context, write) {
    const before = this.context;
    this.context = context;
    const text = write();
    this.context = before;
    return text;
  }

  /** What `write` gives while new variables are in scope; it gets their names. */
  binding(kinds, write) {
    const before = this.variables;
    const names = kinds.map((kind) => this.fresh(kind));
    const text = write(...names);
    this.variables = before;
    return text;
  }

  /** A new variable that stays in scope. */
  fresh(kind) {
    const name = `$${"xyzuvwijk"[this.#next % 9]}${this.#next < 9 ? "" : this.#next}`;
    this.#next += 1;
    this.variables = [...this.variables, { name, kind }];
    return name;
  }

  /** A variable of that kind, else nothing. */
  variable(kind) {
    const fitting = this.variables.filter((variable) => variable.kind === kind);
    return fitting.length > 0 ? this.random.pick(fitting).name : undefined;
  }

  /** A list of pieces. */
  list(kind, first, last) {
    return this.random.several(first, last, () => this.write(kind)).join(", ");
  }
}

/** What a piece should give. */
export const KINDS = ["number", "text", "truth", "numbers", "texts", "record", "records", "list", "callable", "any"];

function balanced(text) {
  let depth = 0;
  for (const character of text) {
    if ("([".includes(character)) depth += 1;
    if (")]".includes(character)) depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}
