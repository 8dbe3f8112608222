export { dropAround, newHighs, plateau } from "./events.ts";
export { firstPassage, race } from "./order.ts";
