/** An application that deploys another one again, on Payara Micro, which offers that only to the code inside. */
@NullMarked
package dev.postern.it.rig.redeployer;

import org.jspecify.annotations.NullMarked;
