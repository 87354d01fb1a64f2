/** Whether the time that a check takes tells what it checks; see {@link dev.postern.timing.Leak}. */
@org.jspecify.annotations.NullMarked
package dev.postern.timing;
