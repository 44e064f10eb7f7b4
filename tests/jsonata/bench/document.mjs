// What is measured: one document of a hundred products, about 8.7 KB, and six expressions.

const CATEGORIES = ["tools", "toys", "books", "garden", "kitchen"];

/** The document as a text. */
export function documentText() {
  const products = Array.from({ length: 100 }, (_, index) => ({
    id: `p${String(index).padStart(3, "0")}`,
    name: `Product number ${index}`,
    price: ((index * 37) % 101) + 0.5,
    category: CATEGORIES[index % CATEGORIES.length],
    stock: index % 13,
  }));
  const lines = Array.from({ length: 5 }, (_, index) => ({ sku: `p00${index}`, q: index + 1, p: 10.5 * (index + 1) }));
  const customer = { name: "Ada Lovelace", city: "London", since: 1843 };
  return JSON.stringify({ order: { id: "order-1", customer, lines }, products });
}

/** The expressions: a short path, sums, a predicate, a function for each item, groups, an order. */
export const EXPRESSIONS = [
  "order.customer.name",
  "$sum(order.lines.(q*p))",
  "products[price>50].name",
  "$map(products, function($p){$p.price * $p.stock})",
  "products{category: $sum(price)}",
  "products^(>price).id",
];
