package dev.postern.it.guest.callers;

import org.jspecify.annotations.Nullable;

/** What all have whom the application deals with. */
public class Party<I> {

    private @Nullable I id;

    public @Nullable I getId() {
        return id;
    }

    public void setId(I id) {
        this.id = id;
    }
}
