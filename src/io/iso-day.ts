/** @param time milliseconds since 1970 @returns that day as YYYY-MM-DD, in UTC: the form in which days can be compared as text */
export const isoDay = (time: number): string => new Date(time).toISOString().slice(0, 10);
