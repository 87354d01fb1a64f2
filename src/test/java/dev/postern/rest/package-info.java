@NullMarked
package dev.postern.rest;

import org.jspecify.annotations.NullMarked;
