/** Works out at land what a contract computes from other columns, with the version of the data. */
package dev.changelake.compact.enrich;
