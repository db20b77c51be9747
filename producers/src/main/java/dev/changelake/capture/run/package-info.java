/** One capture from its checks to its result. */
package dev.changelake.capture.run;
