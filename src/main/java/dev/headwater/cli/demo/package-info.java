/** Shows the product on emoji as four houses draw them: fetches, paints, sends and scores them. */
package dev.headwater.cli.demo;
