export { dropAround, newHighs, passesBefore, plateau } from "./events.ts";
export { firstPassage, race } from "./order.ts";
