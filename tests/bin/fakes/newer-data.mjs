console.error('数据目录来自更新的版本，请升级。\nThe data folder is from a newer version: upgrade.');
process.exit(3);
