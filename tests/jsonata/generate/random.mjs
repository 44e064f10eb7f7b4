// Chance from a seed: the same seed gives the same expressions on every machine.

/** A source of random choices. */
export class Random {
  #state;

  constructor(seed) {
    this.#state = seed >>> 0;
  }

  /** A fraction from 0 up to 1 (the generator "mulberry32"). */
  next() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  /** A whole number from 0 up to `end`, without it. */
  below(end) {
    return Math.floor(this.next() * end);
  }

  /** A whole number between both, with both. */
  between(first, last) {
    return first + this.below(last - first + 1);
  }

  /** True once in `times`. */
  once(times) {
    return this.below(times) === 0;
  }

  /** One of the items. */
  pick(items) {
    return items[this.below(items.length)];
  }

  /** One of the second members of `[weight, item]` pairs. */
  weighted(pairs) {
    let left = this.below(pairs.reduce((sum, [weight]) => sum + weight, 0));
    for (const [weight, item] of pairs) {
      left -= weight;
      if (left < 0) return item;
    }
    return pairs.at(-1)[1];
  }

  /** So many things, each made by `make`. */
  several(first, last, make) {
    return Array.from({ length: this.between(first, last) }, (_, index) => make(index));
  }

  /** Some of the items, in their order. */
  some(items) {
    return items.filter(() => this.once(2));
  }
}
