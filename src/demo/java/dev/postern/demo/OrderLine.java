package dev.postern.demo;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;

/**
 * What is ordered, and how many of it. Immutable.
 *
 * @param item the code of an {@link Article}
 */
public record OrderLine(
        @NotBlank(message = "item must name an article") String item,

        @Min(value = 1, message = "quantity must be at least 1")
        @Max(value = 99, message = "quantity must be at most 99")
        int quantity) {}
