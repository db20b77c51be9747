/**
 * Says where a web log's request came from: the country of its address, the device of its agent.
 */
package dev.changelake.oracle.origin;
