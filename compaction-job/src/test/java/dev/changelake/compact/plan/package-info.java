/** Tests of planning, on a cluster and a store that are made up. */
package dev.changelake.compact.plan;
