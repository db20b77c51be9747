/** Tests of the rule of order, without Spark. */
package dev.changelake.compact.order;
