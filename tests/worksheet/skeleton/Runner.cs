// Calls a method of ConversionFunctions for each line of a file: its name, then its arguments, all separated by tabs.
// A second file holds the related records: where they are looked up, the value, and what stands there.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Integration.Data.Interface;

class Runner
{
    static void Main(string[] files)
    {
        if (files.Length > 1) Relate(File.ReadAllLines(files[1]));
        foreach (var line in File.ReadAllLines(files[0]))
        {
            var parts = line.Split('\t');
            var method = typeof(ConversionFunctions).GetMethod(parts[0]);
            var made = method.Invoke(null, parts.Skip(1).Select(Read).ToArray());
            var text = made as string;
            Console.WriteLine(made == null ? "null" : text == null ? made.ToString() : Hex(text));
        }
    }

    static void Relate(string[] lines)
    {
        var held = lines.Select(line => line.Split('\t'))
            .ToDictionary(row => string.Join("|", row.Take(4).Select(Read)), row => (string)Read(row[4]));
        Func<string, string, string, string, string> related = (collection, key, field, value) =>
        {
            string there;
            return held.TryGetValue(string.Join("|", collection, key, field, value), out there) ? there : null;
        };
        typeof(ConversionFunctions).GetField("Related").SetValue(null, related);
    }

    static string Hex(string text)
    {
        return "s" + string.Concat(text.Select(sign => ((int)sign).ToString("x4")));
    }

    static object Read(string written)
    {
        var rest = written.Substring(1);
        switch (written[0])
        {
            case 's':
                return new string(Enumerable.Range(0, rest.Length / 4)
                    .Select(at => (char)Convert.ToInt32(rest.Substring(4 * at, 4), 16)).ToArray());
            case 'i': return long.Parse(rest, CultureInfo.InvariantCulture);
            case 'd': return decimal.Parse(rest, NumberStyles.Float, CultureInfo.InvariantCulture);
            case 'b': return rest == "1";
            case 'l': return rest == "" ? new List<object>() : rest.Split(',').Select(Read).ToList();
            default: return null;
        }
    }
}
