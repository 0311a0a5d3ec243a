import { publicComments } from "./support/public-api";

// typedoc is content with a tag alone.
test("everything that users can write says what it is", () => {
  expect(publicComments().flatMap(({ name, comment }) => (comment === "" ? [name] : []))).toEqual([]);
});
