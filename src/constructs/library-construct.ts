/**
 * Marks an interface that only classes of this library implement: they tell each other more than users see, and another
 * class would fail for the lack of it.
 */
export declare const LIBRARY_CONSTRUCT: unique symbol;
