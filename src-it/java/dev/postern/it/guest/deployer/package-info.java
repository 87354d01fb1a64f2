/** The application that deploys the guests on Payara Micro, which has no administration that listens. */
@NullMarked
package dev.postern.it.guest.deployer;

import org.jspecify.annotations.NullMarked;
