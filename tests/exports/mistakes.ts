// Mistakes in events: the compiler must reject each line below a marker.
import type { EventBodies, EventType, Page, PageViewEvent, Pagination, Search, SearchClickEvent, SearchEvent } from "./events";
import type { SearchResults, SearchResultsItem, Session, Sort, User } from "./events";

const session: Session = { id: "s" };
const user: User = { id: "u" };
const search: Search = { query: "q" };
const page: Page = { url: "/" };

// These are not mistakes.
export const click: SearchClickEvent = { session, user, search, page, document: { id: "1" } };
export const one: SearchResults = { items: { document: { id: "1" } } };
export function post<T extends EventType>(type: T, body: EventBodies[T]): string {
  return type + JSON.stringify(body);
}
post("search", { session, user, search: { query: "q", filters: { brand: ["a"], size: "42" } } });
post("search_click", click);

// A required field is missing.
// @ts-expect-error
export const m01: Session = {};
// @ts-expect-error
export const m02: PageViewEvent = { session, page };
// @ts-expect-error
export const m03: SearchEvent = { session, user, search: {} };
// @ts-expect-error
export const m04: Pagination = { current: 1 };
// @ts-expect-error
export const m05: Sort = { direction: "asc" };
// @ts-expect-error
export const m06: SearchClickEvent = { session, user, search };
// @ts-expect-error
export const m07: SearchClickEvent = { session, user, page };

// A field is unknown.
// @ts-expect-error
export const m11: SearchEvent = { session, user, search, serch: search };
// @ts-expect-error
export const m12: PageViewEvent = { session, user, page, search };
// @ts-expect-error
export const m13: SearchEvent = { session, user, search: { query: "q", quary: "q" } };
// @ts-expect-error
export const m14: SearchResults = { items: [{ document: { id: "1", name: "x" } }] };
// @ts-expect-error
export const m15: SearchClickEvent = { session, user, search: { query: "q", quary: "q" }, page };
// @ts-expect-error
export const m16: SearchClickEvent = { session, user, search, page: { url: "/", uri: "/" } };
// @ts-expect-error
export const m17: SearchClickEvent = { session, user, search, page, sort: "x" };
// @ts-expect-error
export const m18: SearchClickEvent = { session, user, search, page, document: { id: "1", name: "x" } };
// @ts-expect-error
export const m19: SearchResults = { items: { document: { id: "1" }, rank: 1 } };

// A value is of the wrong type.
// @ts-expect-error
export const m21: User = { id: 7 };
// @ts-expect-error
export const m22: Page = { url: "/", title: null };
// @ts-expect-error
export const m23: Pagination = { current: "1", size: 10 };
// @ts-expect-error
export const m24: PageViewEvent = { session: [session], user, page };
// @ts-expect-error
export const m25: SearchResults = { items: ["1"] };
// @ts-expect-error
export const m26: SearchResultsItem = { document: "1" };
// @ts-expect-error
export const m27: SearchResults = { items: [[{ document: { id: "1" } }]] };

// An array instead of an object.
// @ts-expect-error
export const m31: Search = { query: "q", sort: [{ name: "price" }] };
// @ts-expect-error
export const m32: Search = { query: "q", sort: [] };
// @ts-expect-error
export const m33: Search = { query: "q", filters: [] };
// @ts-expect-error
export const m34: Search = { query: "q", filters: ["brand:acme"] };
// @ts-expect-error
export const m35: Search = { query: "q", filters: [{ brand: "acme" }] };
// @ts-expect-error
export const m36: Search = { query: "q", filters: { size: 42 } };
// @ts-expect-error
export const m37: Search = { query: "q", filters: { size: [42] } };
// @ts-expect-error
export const m38: Search = { query: "q", results: [] };

// An event of another type.
// @ts-expect-error
export const m41 = post("search", { session, user, page });
// @ts-expect-error
export const m42 = post("click", click);
