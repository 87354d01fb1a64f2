/**
 * Uses the demo in Chromium, as a visitor would, on two nodes that it starts itself. And stops all of it, and starts it
 * again.
 */
@NullMarked
package dev.postern.demo.browser;

import org.jspecify.annotations.NullMarked;
