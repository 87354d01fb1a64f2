/** The application that deploys others on Payara Micro, which has no administration that listens. */
@NullMarked
package dev.postern.it.rig.deployer;

import org.jspecify.annotations.NullMarked;
