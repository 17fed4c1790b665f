// The door #engine/idea: an idea in a person's own words, read without a network or a model.
export * from "./read-idea.ts"
export * from "./reply.ts"
