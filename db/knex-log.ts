const nothing = (): void => {};

/** Knex prints to the terminal by itself; whatever matters reaches us as a rejection. */
export const silent = { warn: nothing, error: nothing, deprecate: nothing, debug: nothing };
