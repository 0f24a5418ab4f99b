// Numbers and names for people.

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

export function short(id) {
  return id.slice(0, 8);
}

export function bytes(count) {
  let value = count;
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(value < 10 ? 1 : 0)} ${UNITS[unit]}`;
}

export function rate(value) {
  if (value === null || value === undefined || Number.isNaN(value)) {
    return '–';
  }
  return value >= 1000 ? `${(value / 1000).toFixed(1)} k` : value >= 10 ? value.toFixed(0) : value.toFixed(1);
}

export function micros(value) {
  if (!value) {
    return '–';
  }
  return value < 1000 ? `${value} µs` : value < 1_000_000 ? `${(value / 1000).toFixed(1)} ms` : `${(value / 1_000_000).toFixed(1)} s`;
}

export function span(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 60) {
    return `${whole} s`;
  }
  if (whole < 3600) {
    return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  }
  return whole < 86_400 ? `${Math.floor(whole / 3600)} h ${Math.floor(whole / 60) % 60} min` : `${Math.floor(whole / 86_400)} d ${Math.floor(whole / 3600) % 24} h`;
}

export function clock(millis) {
  return new Date(millis).toLocaleTimeString([], { hour12: false });
}

export function count(number, one, many = `${one}s`) {
  return `${number} ${number === 1 ? one : many}`;
}
